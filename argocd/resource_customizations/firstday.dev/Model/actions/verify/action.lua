-- What firstday model verify does. A new value asks for a new look at every version. It is named after the last run, so that
-- asking twice before it begins asks for one.
if obj.status == nil or obj.status.run == nil then
  return obj
end
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["firstday.dev/verify"] = obj.status.run.uid
return obj
