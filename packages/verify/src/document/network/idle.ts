// Lines of a program that a network is not computed by: imports, prints, steps of training, keys
// and generators of random numbers.

/** What computes nothing of the network. */
export const idle = new RegExp(
  [
    /^(?:import\b|from\b|print\b|assert\b|super\b|pass$|return$)/,
    /^\w*loss\.backward\(|^[\w.]*\.(?:zero_grad|step|seed|manual_seed)\(/,
    /=\s*(?:jax\.)?random\.(?:split|PRNGKey|key|fold_in)\([^()]*\)$/,
    /=\s*(?:np\.|numpy\.)?random\.default_rng\([^()]*\)$/,
  ]
    .map(({ source }) => source)
    .join('|'),
)
