"""What all routes share: parameters, problems, paging, presentation, layers around the application."""
