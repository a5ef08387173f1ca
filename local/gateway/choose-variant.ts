/** Something that gets a share of the traffic. */
interface Weighted {
    readonly weight: number;
}

/**
 * Returns a function that names the next variant by weight, or undefined where no weight is above 0.
 *
 * SageMaker draws at random. Here each variant saves up its weight and the richest one pays the sum of all for its turn, so that
 * any run of requests is split as evenly as the weights allow, and two runs of a test are split alike.
 */
export function variantChooser<Variant extends Weighted>(variants: readonly Variant[]): () => Variant | undefined {
    const shares = variants.filter(({ weight }) => weight > 0).map((variant) => ({ variant, saved: 0 }));
    const total = shares.reduce((sum, { variant }) => sum + variant.weight, 0);
    return () => {
        let richest = shares[0];
        for (const share of shares) {
            share.saved += share.variant.weight;
            if (richest === undefined || share.saved > richest.saved) richest = share;
        }
        if (richest !== undefined) richest.saved -= total;
        return richest?.variant;
    };
}
