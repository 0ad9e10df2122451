tenure depends --on pcim_setup_msi_relase specs/drivers/minimal
