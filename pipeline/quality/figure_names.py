"""How figures and series are called where people read them; docs/measuring.md says what each is."""

GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Expression",
        (
            ("au_weighted", "agreement, weighted r"),
            ("au_pooled", "agreement, pooled r"),
            ("au_plain", "agreement, plain r"),
            ("au_gain", "strength, 1 is the plate's"),
            ("expression_error", "error of scores, 0..1"),
        ),
    ),
    (
        "Motion of the skin, by flow",
        (
            ("motion_mouth", "agreement around the mouth, r"),
            ("motion_mouth_gain", "strength around the mouth, 1 is the plate's"),
            ("motion_mouth_error", "error around the mouth, % of the face"),
            ("motion_brows", "agreement at the brows, r"),
            ("motion_brows_gain", "strength at the brows, 1 is the plate's"),
            ("motion_brows_error", "error at the brows, % of the face"),
        ),
    ),
    (
        "Landmarks (LDR), %",
        (
            ("landmarks_mean", "mean"),
            ("landmarks_p95", "95th percentile"),
            ("landmarks_worst", "worst frame"),
            ("pose_mean", "displacement of the face"),
        ),
    ),
    (
        "Steadiness",
        (
            ("tpsnr_mc", "TPSNR, motion compensated, dB"),
            ("tpsnr_mc_plate", "the plate's own"),
            ("tpsnr_raw", "TPSNR, raw, dB"),
            ("tpsnr_raw_plate", "the plate's own"),
            ("flicker_ratio", "flicker over the plate's"),
        ),
    ),
    (
        "Kept samples and openings, dB",
        (
            ("kept_eyes_db", "kept samples, eyes"),
            ("kept_mouth_db", "kept samples, mouth"),
            ("eyes_db", "place by place, eyes"),
            ("mouth_db", "place by place, mouth"),
            ("brows_db", "place by place, brows"),
        ),
    ),
    (
        "Colour, ΔE2000",
        (
            ("seam_mean", "seam, mean"),
            ("seam_worst", "seam, worst"),
            ("skin_median", "skin against forehead and neck, median"),
            ("skin_worst", "the same, worst frame"),
            ("skin_shift_median", "skin against the plate's"),
        ),
    ),
    (
        "Surface",
        (
            ("sharpness", "fine detail over the plate's"),
            ("highlights_excess", "highlights stand out more by, L*"),
            ("highlights_overlap", "highlights in the plate's place"),
        ),
    ),
    (
        "Identity (0.6 is another person)",
        (
            ("identity_to_source", "distance to the source"),
            ("identity_to_performer", "distance to the performer"),
            ("identity_nearer_source", "frames nearer the source"),
            ("identity_slope", "slope against activation"),
            ("identity_change", "change over the film's range"),
        ),
    ),
    (
        "Lips against sound",
        (
            ("lip_sound", "r of the result"),
            ("lip_sound_plate", "r of the plate"),
            ("lip_sound_best", "r at the best lag"),
            ("lip_sound_lag", "best lag, frames"),
        ),
    ),
)
FLOOR_NAMES = {
    "au_weighted": "Expression: agreement (AU correlation, weighted)",
    "au_gain": "Expression: strength",
    "landmarks_mean": "Landmarks: LDR, mean, %",
    "tpsnr_mc": "Steadiness: TPSNR, motion compensated, dB",
    "kept_eyes_db": "Kept samples inside the eye rings, dB",
    "kept_mouth_db": "Kept samples inside the inner lips, dB",
}
CAUSES = {
    "landmarks": "landmarks lie elsewhere, %",
    "expression_error": "expression differs, error",
    "skin_excess": "skin leaves its surroundings, ΔE",
    "seam_worst": "a seam shows, ΔE",
}
"""What the worst frames are bad in, by series."""
