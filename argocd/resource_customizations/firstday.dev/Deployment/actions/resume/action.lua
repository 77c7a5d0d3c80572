-- What firstday rollout resume does. The operator obeys a command once, and tells a new one from the last by its text: so one that
-- is given again has a second word, and one that was not answered yet stays as it is.
local command = "resume"
local last = obj.status ~= nil and obj.status.rollout ~= nil and obj.status.rollout.command or nil
if last == command then
  command = command .. " again"
end
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["firstday.dev/rollout"] = command
return obj
