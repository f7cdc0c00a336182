"""Sources outside this machine, behind one face: asked with patience, each answer kept on disk."""
