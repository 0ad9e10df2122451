tenure compare --engine explicit --format json -p leak specs/drivers/minimal
