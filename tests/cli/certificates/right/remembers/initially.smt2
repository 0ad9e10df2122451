; driver remembers
; initially: the state before the first event is in the invariant, in every configuration
; Stated is the contrary, so nothing satisfies this when the claim is true.
(set-info :smt-lib-version 2.6)
(set-info :status unsat)
(set-logic QF_UF)

; Bits of the state before the event.
; left
(declare-const b0 Bool)
; right
(declare-const b1 Bool)
; as at first
(declare-const b2 Bool)
; bound
(declare-const b3 Bool)
; bound, same
(declare-const b4 Bool)
; same
(declare-const b5 Bool)

; What the environment decides in the event.

; Formulas, each once.
(define-fun n0 () Bool (and b2 (not b3)))
(define-fun n1 () Bool (and (not b4) n0))
(define-fun n2 () Bool (and (not b5) n1))
(define-fun n3 () Bool (and b0 (not b1)))
(define-fun n4 () Bool (and n3 b5))
(define-fun n5 () Bool (and n3 b4))
(define-fun n6 () Bool (and (not b2) (not b3)))
(define-fun n7 () Bool (and n6 (not b4)))
(define-fun n8 () Bool (and n7 (not b5)))
(define-fun n9 () Bool (and (not n7) b5))
(define-fun n10 () Bool (and (not n6) b4))
(define-fun n11 () Bool (and b2 b3))
(define-fun n12 () Bool (and (not n11) (not n10)))
(define-fun n13 () Bool (and n12 (not n9)))
(define-fun n14 () Bool (and n13 (not n8)))
(define-fun n15 () Bool (and n14 (not n5)))
(define-fun n16 () Bool (and n15 (not n4)))

; it is the state before the first event
(define-fun initial () Bool n2)
(assert initial)

; it is not in the invariant
(define-fun outside () Bool (not n16))
(assert outside)

(check-sat)
(exit)
