# a driver that does not fit before the series is a mistake of the input
setup: sed 's/pcim_enable_device/pcim_enabel_device/' specs/drivers/minimal/managed.json > managed.json
tenure series specs/series/pcim-msi-v1 managed.json
