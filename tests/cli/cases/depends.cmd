tenure depends --on pcim_setup_msi_release specs/drivers/minimal
