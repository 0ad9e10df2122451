tenure schema drivers
