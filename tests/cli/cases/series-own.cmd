# a series of two patches beside a driver of one's own, made with diff
setup: sed 's/"call": "pci_alloc_irq_vectors"/"call": "pcim_alloc_irq_vectors"/' specs/drivers/minimal/managed.json > converted.json
setup: cp specs/drivers/minimal/managed.json mine.json && mkdir s && cp specs/series/pcim-msi-v1/01-*.json s/1.json
setup: (cat specs/series/pcim-msi-v1/04-gpio-merrifield.json | sed 's#drivers/gpio/gpio-merrifield.json#../mine.json#; s#mrfld_gpio_probe/body/13#minimal_probe/body/4#') > s/2.json
setup: echo '{"series": "mine", "subject": "Convert my driver", "base": "old", "patches": [{"number": 1, "subject": "the function", "files": ["1.json"]}, {"number": 2, "subject": "the driver", "files": ["2.json"]}]}' > s/series.json
tenure series s --each-commit mine.json
