setup: sed 's/"call": "pci_alloc_irq_vectors"/"call": "pcim_alloc_irq_vectors"/' specs/drivers/minimal/managed.json > converted.json
tenure diff specs/drivers/minimal/managed.json converted.json
