# a tree without a kernel model
setup: sed 's/"callbacks"/"source": {"tree": "linux-6.18.23", "file": "x.c"}, &/' specs/drivers/minimal/managed.json > a.json
tenure verify a.json
