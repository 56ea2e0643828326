"""The live preview: what is saved in an editor is seen in the browser before one looks up."""
