-- Left out is the same as false, and what Git most probably has.
obj.spec.suspend = nil
return obj
