tenure diff specs/kernel/msi.json specs/drivers/minimal/managed.json
