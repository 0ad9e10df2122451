tenure series nowhere
