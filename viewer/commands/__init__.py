"""The commands of the command line, one a module: ``add_parser`` declares its words, ``run`` does it."""
