local status = obj.status or {}
local rollout = status.rollout or {}
local trying = status.candidate ~= nil
local paused = rollout.paused == true

-- Steps are counted from 0 there, and from 1 here; there in the order of their weights.
local steps = {}
for _, step in ipairs(obj.spec.rollout ~= nil and obj.spec.rollout.steps or {}) do
  table.insert(steps, step)
end
table.sort(steps, function(one, other) return one.weight < other.weight end)
local next_step = 1
if rollout.stage == "Canary" and rollout.step ~= nil then
  next_step = rollout.step + 2
end
local asked = trying and rollout.stage ~= "Baking" and rollout.approved ~= true
  and steps[next_step] ~= nil and steps[next_step].requireApproval == true

-- The pods of a version that was stable are kept for a while: spec.rollout.rollbackWindow.
local kept = false
for _, former in ipairs(status.previous or {}) do
  kept = kept or former.warmUntil ~= nil
end

local rejected = not trying and status.chain ~= nil and status.chain.stoppedBy ~= nil

return {
  approve = { disabled = not asked },
  promote = { disabled = not trying or obj.spec.suspend == true },
  rollback = { disabled = status.stable == nil or not (trying or kept) },
  retry = { disabled = not rejected },
  pause = { disabled = not trying or paused },
  resume = { disabled = not trying or not paused },
}
