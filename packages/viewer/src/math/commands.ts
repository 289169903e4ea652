// The signs that commands stand for: KaTeX reads a command by what kind of sign it is, and keeps
// the sign to itself.

const WRITTEN = `
≡equiv ≺prec ≻succ ∼sim,thicksim ⊥perp,bot ⪯preceq ⪰succeq ≃simeq ∣mid,shortmid,vert,rvert,lvert
≪ll ≫gg ≍asymp ∥parallel,shortparallel,|,Vert,rVert,lVert ⌣smile,smallsmile ⌢frown,smallfrown
∝propto,varpropto ⊢vdash ⟵longleftarrow ⇐Leftarrow ⟸Longleftarrow ⟶longrightarrow ⇒Rightarrow
⟹Longrightarrow ↔leftrightarrow ⟷longleftrightarrow ⇔Leftrightarrow ⟺Longleftrightarrow ↦mapsto
↗nearrow ↘searrow ∦nparallel △vartriangle,triangle,bigtriangleup ⩽leqslant ≲lesssim ∽backsim
⊨vDash,models ⩾geqslant ≳gtrsim ≜triangleq ≈thickapprox,approx ∴therefore ∵because ≅cong ≥ge,geq
←gets,leftarrow >gt ∈in ⊂subset ⊃supset ⊆subseteq ⊇supseteq ⊈nsubseteq ≤le,leq <lt
→rightarrow,to ↑uparrow ⇑Uparrow ↓downarrow ⇓Downarrow .ldotp ⋅cdotp,centerdot,cdot ℵaleph
∀forall ℏhbar,hslash ∃exists ∇nabla ♭flat ℓell ♮natural ℘wp ♯sharp ℜRe ℑIm §S ¶P †dag,dagger
‡ddag,ddagger ▽triangledown,bigtriangledown ◊lozenge,Diamond ®circledR ■blacksquare ★bigstar
ðeth □square,Box ¥yen ✓checkmark ϝdigamma ϰvarkappa ∠angle ∞infty ′prime ΓGamma ΔDelta ΘTheta
ΛLambda ΞXi ΠPi ΣSigma ΥUpsilon ΦPhi ΨPsi ΩOmega ¬neg,lnot ⊤top ∅emptyset,varnothing √surd
∂partial ⋮varvdots °degree £pounds,mathsterling ⟯rgroup ⟩rangle }rbrace ]rbrack )rparen ⌋rfloor
⌉rceil ⟮lgroup ⟨langle {lbrace [lbrack (lparen ⌊lfloor ⌈lceil ⊖ominus ∗ast ◯bigcirc ∙bullet &And
∔dotplus ∖smallsetminus,setminus ⊟boxminus ⊞boxplus ⊝circleddash ⊛circledast ⊺intercal ⊠boxtimes
∘circ ÷div ±pm ×times ∩cap ∪cup ∧land,wedge ∨lor,vee ⊙odot ⊕oplus ⊗otimes ⊘oslash ⊚circledcirc
⊡boxdot ⋄diamond ⋆star αalpha βbeta γgamma δdelta ϵepsilon ζzeta ηeta θtheta ιiota κkappa
λlambda μmu νnu ξxi οomicron πpi ρrho σsigma τtau υupsilon ϕphi χchi ψpsi ωomega εvarepsilon
ϑvartheta ϖvarpi ϱvarrho ςvarsigma φvarphi ∐coprod ⋁bigvee ⋀bigwedge ⋂bigcap ⋃bigcup
∫int,intop,smallint ∬iint ∏prod ∑sum ⨂bigotimes ⨁bigoplus ⨀bigodot ∮oint …mathellipsis,ldots
⋯@cdots ⋱ddots
`

/** Each sign, and its commands. */
export const COMMANDS: readonly (readonly string[])[] = WRITTEN.trim()
  .split(/\s+/)
  .map((each) => [each[0]!, ...each.slice(1).split(',')])

const signs: ReadonlyMap<string, string> = new Map(
  COMMANDS.flatMap(([sign, ...names]) => names.map((name) => [`\\${name}`, sign!] as const)),
)

/** The sign of \\alpha, \\le, …; nothing for what is no command of a sign. */
export const commandSign = (command: string): string | undefined => signs.get(command)
