setup: sed 's/"says"/"say"/' specs/drivers/minimal/managed.json > wrong.json
tenure diff specs/drivers/minimal/managed.json wrong.json
