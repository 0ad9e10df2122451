; driver remembers
; double-free: no event that happens in a state of the invariant comes to this: a violation of double-free
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
(declare-const d0 Bool)
(declare-const d1 Bool)
(declare-const d2 Bool)

; Formulas, each once.
(define-fun n0 () Bool (not (and (not b2) (not b4))))
(define-fun n1 () Bool (and b2 b4))
(define-fun n2 () Bool (and (not n1) (not n0)))
(define-fun n3 () Bool (and b0 (not b1)))
(define-fun n4 () Bool (and n3 b5))
(define-fun n5 () Bool (and n3 b3))
(define-fun n6 () Bool (and (not d0) b4))
(define-fun n7 () Bool (and d1 b2))
(define-fun n8 () Bool (and (not n7) (not n6)))
(define-fun n9 () Bool (and (not b0) b1))
(define-fun n10 () Bool (and (not n9) (not n3)))
(define-fun n11 () Bool (and n10 d2))
(define-fun n12 () Bool (and (not b3) (not n11)))
(define-fun n13 () Bool (and b0 (not n12)))
(define-fun n14 () Bool (and (not b1) n13))
(define-fun n15 () Bool (and d1 n14))
(define-fun n16 () Bool (and n15 b2))

; the bits stand for one state, and for what is known of the configuration in it
(define-fun well-formed () Bool n2)
(assert well-formed)

; never left and not right and same
(define-fun clause-1 () Bool (not n4))
(assert clause-1)

; never left and not right and same
(define-fun clause-2 () Bool (not n5))
(assert clause-2)

; an event happens
(define-fun event () Bool (not n8))
(assert event)

; a violation of double-free
(define-fun reached () Bool n16)
(assert reached)

(check-sat)
(exit)
