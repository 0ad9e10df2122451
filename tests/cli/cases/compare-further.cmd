tenure compare -p leak specs/drivers/net/wireless/ath/ath9k/pci.json
