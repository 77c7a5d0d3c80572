-- A new value asks for a new run. It is named after the last one, so that asking twice before it begins asks for one.
if obj.status == nil or obj.status.run == nil then
  return obj
end
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["firstday.dev/retrain"] = obj.status.run.uid
return obj
