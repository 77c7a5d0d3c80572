local status = obj.status or {}
local annotations = obj.metadata.annotations or {}
local asked = annotations["firstday.dev/verify"]

return {
  verify = { disabled = (status.versionCount or 0) == 0 or (asked ~= nil and asked ~= status.verified) },
}
