# the corrected series is safe at every commit
tenure series specs/series/pcim-msi-v1-fixed --each-commit specs/drivers/minimal specs/drivers/gpio/gpio-merrifield.json specs/drivers/dma/hsu/pci.json specs/drivers/i2c/busses/i2c-mchp-pci1xxxx.json specs/drivers/net/wireless/ath/ath9k/pci.json
