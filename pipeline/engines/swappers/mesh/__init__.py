"""The built-in face engine: a textured canonical mesh that carries an identity's detail on the plate's own light.

The plate stays the carrier. Only the middle and fine log detail inside the mesh is replaced; slow light and tone,
eyes, mouth interior and the performance's folds remain the plate's, so every failure shows the plate, never a hole.

    source     one photo → identity detail in the chart (built once)
    plate      the performer's calm frames → what is normal for this face in this light (built once)
    grade      source detail matched to the plate → textures (built once a set of parameters)
    shape      the two neutral faces mixed, apertures kept
    geometry   one frame's meshes; bands, relight: one frame's light; compose_kernels: one frame's pixels
    swapper    the engine itself
"""
