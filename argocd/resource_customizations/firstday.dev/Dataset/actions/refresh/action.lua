-- What firstday dataset refresh does. A new value asks for a new look at the files. It is named after the last run, so that
-- asking twice before it begins asks for one.
if obj.status == nil or obj.status.run == nil then
  return obj
end
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["firstday.dev/refresh"] = obj.status.run.uid
return obj
