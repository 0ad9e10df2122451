# a series on 6.12.117 and a driver of 6.18.32
setup: sed 's/"callbacks"/"source": {"tree": "linux-6.18.32", "file": "x.c"}, &/; s/"minimal-managed"/"later"/' specs/drivers/minimal/managed.json > a.json
tenure series --each-commit -p leak specs/series/pcim-msi-v1 a.json specs/drivers/minimal/managed.json
