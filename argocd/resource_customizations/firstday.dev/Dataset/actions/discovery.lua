local suspended = obj.spec.suspend == true
local ended = false
if obj.status ~= nil and obj.status.run ~= nil then
  ended = true
  for _, condition in ipairs(obj.status.conditions or {}) do
    if condition.type == "Reconciling" and condition.status == "True" then
      ended = false
    end
  end
end

return {
  refresh = { disabled = suspended or not ended },
  suspend = { disabled = suspended },
  resume = { disabled = not suspended },
}
