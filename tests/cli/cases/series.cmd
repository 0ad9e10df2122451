# before and after: one that was converted, one that was not, one that frees its vectors itself
tenure series specs/series/pcim-msi-v1 specs/drivers/minimal specs/drivers/gpio/gpio-merrifield.json
