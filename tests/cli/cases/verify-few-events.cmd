tenure verify --semantics new --events 2 specs/drivers/gpio/gpio-merrifield.json
