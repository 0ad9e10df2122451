; driver remembers
; expressed: every event that happens in a state of the invariant ends in a state that the bits can express, so that no list grows without end
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
(declare-const d0 Bool)
(declare-const d1 Bool)
(declare-const d2 Bool)
(declare-const d3 Bool)

; Formulas, each once.
(define-fun n0 () Bool (and (not b2) (not b3)))
(define-fun n1 () Bool (and n0 (not b4)))
(define-fun n2 () Bool (and n1 (not b5)))
(define-fun n3 () Bool (and (not n1) b5))
(define-fun n4 () Bool (and (not n0) b4))
(define-fun n5 () Bool (and b2 b3))
(define-fun n6 () Bool (and (not n5) (not n4)))
(define-fun n7 () Bool (and n6 (not n3)))
(define-fun n8 () Bool (and n7 (not n2)))
(define-fun n9 () Bool (and b0 (not b1)))
(define-fun n10 () Bool (and n9 b4))
(define-fun n11 () Bool (and n9 b5))
(define-fun n12 () Bool (and d0 b5))
(define-fun n13 () Bool (and (not d1) b4))
(define-fun n14 () Bool (and (not d2) b3))
(define-fun n15 () Bool (and d3 b2))
(define-fun n16 () Bool (and (not n15) (not n14)))
(define-fun n17 () Bool (and n16 (not n13)))
(define-fun n18 () Bool (and n17 (not n12)))

; the bits stand for one state, and for what is known of the configuration in it
(define-fun well-formed () Bool n8)
(assert well-formed)

; never left and not right and bound, same
(define-fun clause-1 () Bool (not n10))
(assert clause-1)

; never left and not right and same
(define-fun clause-2 () Bool (not n11))
(assert clause-2)

; an event happens
(define-fun event () Bool (not n18))
(assert event)

; it ends in a state that no bit stands for
(define-fun inexpressible () Bool false)
(assert inexpressible)

(check-sat)
(exit)
