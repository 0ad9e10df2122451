tenure series specs/series/pcim-msi-v1 -p leak --html nowhere/page.html specs/drivers/minimal/explicit.json
