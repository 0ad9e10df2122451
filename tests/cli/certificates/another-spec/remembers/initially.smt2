; driver remembers
; initially: the state before the first event is in the invariant, in every configuration
; Stated is the contrary, so nothing satisfies this when the claim is true.
(set-info :smt-lib-version 2.6)
(set-info :status unsat)
(set-logic QF_UF)

; Bits of the state before the event.
; as at first
(declare-const b0 Bool)
; bound
(declare-const b1 Bool)

; What the environment decides in the event.

; Formulas, each once.
(define-fun n0 () Bool (and b0 (not b1)))
(define-fun n1 () Bool (and (not b0) (not b1)))
(define-fun n2 () Bool (and b0 b1))
(define-fun n3 () Bool (and (not n2) (not n1)))

; it is the state before the first event
(define-fun initial () Bool n0)
(assert initial)

; it is not in the invariant
(define-fun outside () Bool (not n3))
(assert outside)

(check-sat)
(exit)
