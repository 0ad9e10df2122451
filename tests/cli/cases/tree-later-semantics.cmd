# what a later tree does to a driver of an earlier one
setup: sed 's/"pcim_iomap_regions", "with": {"mask": 1}/"pci_request_regions"/; s/"callbacks"/"source": {"tree": "linux-6.12.117", "file": "x.c"}, &/' specs/drivers/minimal/managed.json > a.json
tenure compare -p leak --to linux-6.18.32 a.json
