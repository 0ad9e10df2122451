# which tree's kernel model it was is in the results
setup: sed 's/"callbacks"/"source": {"tree": "linux-6.18.32", "file": "x.c"}, &/' specs/drivers/minimal/explicit.json > a.json
tenure verify -p redundant-release --format json a.json specs/drivers/minimal/managed.json
