tenure verify --events 0 specs/drivers/minimal/explicit.json
