# patches that fit the earlier tree alone: an error for a driver of the later one
setup: sed 's/"callbacks"/"source": {"tree": "linux-6.18.32", "file": "x.c"}, &/' specs/drivers/minimal/managed.json > a.json
setup: echo '{"changes": [{"file": "kernel/region.json", "patch": [{"op": "test", "path": "/functions/pci_request_region/body/0/if", "value": "is_managed"}]}]}' > 1.json
setup: echo '{"tree": "linux-6.12.117", "patches": ["1.json"]}' > own.json
tenure verify -p leak -s ./own.json specs/drivers/minimal/managed.json a.json
