# the same driver in two trees: what 6.12.117 leaves to devres 6.18.32 leaks
setup: sed 's/"pcim_iomap_regions", "with": {"mask": 1}/"pci_request_regions"/; s/"callbacks"/"source": {"tree": "linux-6.12.117", "file": "x.c"}, &/' specs/drivers/minimal/managed.json > a.json
setup: sed 's/6.12.117/6.18.32/; s/minimal-managed/minimal-later/' a.json > b.json
tenure verify -p leak a.json b.json
