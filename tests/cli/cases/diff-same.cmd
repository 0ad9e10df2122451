setup: cp specs/kernel/msi.json .
tenure diff msi.json specs/kernel/msi.json
