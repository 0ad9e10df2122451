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
; same
(declare-const b3 Bool)
; bound
(declare-const b4 Bool)
; same
(declare-const b5 Bool)

; What the environment decides in the event.

; Formulas, each once.
(define-fun n0 () Bool (and (not b3) b2))
(define-fun n1 () Bool (and (not b4) n0))
(define-fun n2 () Bool (and (not b5) n1))
(define-fun n3 () Bool (and b0 (not b1)))
(define-fun n4 () Bool (and n3 b3))
(define-fun n5 () Bool (and n3 b5))
(define-fun n6 () Bool (and (not b2) (not b4)))
(define-fun n7 () Bool (and b2 b4))
(define-fun n8 () Bool (and (not n7) (not n6)))
(define-fun n9 () Bool (and n8 (not n5)))
(define-fun n10 () Bool (and n9 (not n4)))

; it is the state before the first event
(define-fun initial () Bool n2)
(assert initial)

; it is not in the invariant
(define-fun outside () Bool (not n10))
(assert outside)

(check-sat)
(exit)
