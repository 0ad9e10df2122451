tenure verify --engine explicit --events 1 --property leak --property double-free specs/drivers/minimal/explicit.json
