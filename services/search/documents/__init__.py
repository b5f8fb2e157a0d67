"""What the pages are made from: readings, originals and pictures of documents."""
