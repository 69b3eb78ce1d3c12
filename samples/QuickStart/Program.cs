Console.WriteLine("The main job lands with the foundation.");
