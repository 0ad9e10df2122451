tenure depends --on pcim_setup_msi_release --format json -p leak -p double-free specs/drivers/minimal
