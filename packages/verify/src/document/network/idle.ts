// Lines of a program that a network is not computed by: imports, prints, steps of training, keys
// and generators of random numbers.

/** What computes nothing of the network. */
export const idle = new RegExp(
  [
    /^(?:import\b|from\b|print\b|assert\b|super\b|pass$|return$)/,
    /^[\w.]+\.(?:backward|zero_grad|step|apply_gradients|seed|manual_seed|set_seed)\(/,
    /^[\w.]+\.(?:summary|train|eval|evaluate|build|to)\(|^plt\./,
    /=\s*(?:torch\.)?optim\.\w+\(|=\s*(?:tf\.)?(?:keras\.)?optimizers\.\w+\(/,
    /=\s*tf\.train\.\w+\([^()]*\)\.minimize\(/,
    /=\s*(?:tape\.gradient|torch\.autograd\.grad|(?:jax\.)?grad)\(/,
    /=\s*(?:jax\.)?random\.(?:split|PRNGKey|key|fold_in)\([^()]*\)$/,
    /=\s*(?:np\.|numpy\.)?random\.default_rng\([^()]*\)$/,
  ]
    .map(({ source }) => source)
    .join('|'),
)
