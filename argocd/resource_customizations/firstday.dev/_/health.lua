-- Every kind of firstday.dev says the same four conditions (kstatus): Ready, Reconciling, Stalled and Suspended. There is no
-- string library here, and no math: Argo CD opens none.
local hs = { status = "Progressing", message = "The operator has not seen this yet: is it running, and does it watch this namespace?" }

if obj.status == nil or obj.status.conditions == nil or obj.status.observedGeneration ~= obj.metadata.generation then
  return hs
end

local holding = {}
for _, condition in ipairs(obj.status.conditions) do
  if condition.status == "True" then
    holding[condition.type] = condition
  end
  if condition.type == "Ready" then
    hs.message = condition.message
  end
end

-- The first that holds counts. What failed stays so while it is tried again, and what is suspended may be ready.
local order = {
  { "Stalled", "Degraded" },
  { "Suspended", "Suspended" },
  { "Reconciling", "Progressing" },
  { "Ready", "Healthy" },
}
for _, pair in ipairs(order) do
  local condition = holding[pair[1]]
  if condition ~= nil then
    hs.status = pair[2]
    hs.message = condition.message
    return hs
  end
end
return hs
